"""Addresses: ``work`` at ``/werk/``."""

from django.urls import path

from achterban.advocate.dossiers.views import tasks as t
from achterban.advocate.dossiers.views import work as w

work = [
    path("dossiers/", w.dossier_list, name="dossier-list"),
    path("dossiers/nieuw/", w.new_dossier, name="new-dossier"),
    path("dossiers/<int:pk>/", w.dossier, name="dossier"),
    path("dossiers/<int:pk>/verander/", w.change_dossier, name="change-dossier"),
    path("dossiers/<int:pk>/stap/", w.step, name="step"),
    path("dossiers/<int:pk>/knelpunten/", w.link, name="link"),
    path("dossiers/<int:pk>/gemeenten/", w.mirror, name="mirror"),
    path("dossiers/<int:pk>/verloop/", w.happenings, name="timeline"),
    path("dossiers/<int:pk>/taken/", t.task_list, name="task-list"),
    path("dossiers/<int:pk>/taken/nieuw/", t.new_task, name="new-task"),
    path("taken/", t.own_tasks, name="own-tasks"),
    path("taken/<int:pk>/", t.change_task, name="change-task"),
    path("taken/<int:pk>/klaar/", t.finish_task, name="finish-task"),
]
