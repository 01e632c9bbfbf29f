"""Addresses: ``public`` at ``/``, ``work`` at ``/werk/``."""

from django.urls import path

from achterban.advocate.dossiers.views import agenda as a
from achterban.advocate.dossiers.views import coalitions as c
from achterban.advocate.dossiers.views import feeds as f
from achterban.advocate.dossiers.views import materials as mt
from achterban.advocate.dossiers.views import meetings as m
from achterban.advocate.dossiers.views import outcomes as o
from achterban.advocate.dossiers.views import positions as p
from achterban.advocate.dossiers.views import public as public_views
from achterban.advocate.dossiers.views import tasks as t
from achterban.advocate.dossiers.views import work as w

public = [path("agenda/<str:token>.ics", public_views.feed, name="feed")]
work = [
    path("dossiers/", w.dossier_list, name="dossier-list"),
    path("dossiers/nieuw/", w.new_dossier, name="new-dossier"),
    path("dossiers/<int:pk>/", w.dossier, name="dossier"),
    path("dossiers/<int:pk>/opbrengst/", o.outcome_list, name="outcome-list"),
    path("dossiers/<int:pk>/opbrengst/nieuw/", o.new_outcome, name="new-outcome"),
    path("opbrengst/", o.all_outcomes, name="all-outcomes"),
    path("opbrengst/<int:pk>/", o.change_outcome, name="change-outcome"),
    path("opbrengst/<int:pk>/vertel/", o.tell, name="tell-outcome"),
    path("dossiers/<int:pk>/verander/", w.change_dossier, name="change-dossier"),
    path("dossiers/<int:pk>/stap/", w.step, name="step"),
    path("dossiers/<int:pk>/knelpunten/", w.link, name="link"),
    path("dossiers/<int:pk>/gemeenten/", w.mirror, name="mirror"),
    path("dossiers/<int:pk>/verloop/", w.happenings, name="timeline"),
    path("dossiers/<int:pk>/taken/", t.task_list, name="task-list"),
    path("dossiers/<int:pk>/taken/nieuw/", t.new_task, name="new-task"),
    path("dossiers/<int:pk>/standpunten/", p.position_list, name="position-list"),
    path("dossiers/<int:pk>/standpunten/nieuw/", p.new_position, name="new-position"),
    path("dossiers/<int:pk>/overleg/nieuw/", m.new_meeting, name="new-meeting"),
    path("dossiers/<int:pk>/samen/", c.together, name="together"),
    path("dossiers/<int:pk>/samen/ga-weg/", c.leave, name="leave"),
    path("dossiers/gevraagd/<int:pk>/", c.asked, name="asked"),
    path("materiaal/", mt.material_list, name="material-list"),
    path("materiaal/nieuw/", mt.new_material, name="new-material"),
    path("materiaal/<int:pk>/", mt.change_material, name="change-material"),
    path("standpunten/<int:pk>/", p.position, name="position"),
    path("standpunten/<int:pk>/opnieuw/", p.estimate, name="estimate"),
    path("standpunten/<int:pk>/taak/", p.plan, name="plan"),
    path("standpunten/<int:pk>/haal-weg/", p.drop_position, name="drop-position"),
    path("overleg/", m.meeting_list, name="meeting-list"),
    path("overleg/<int:pk>/", m.meeting, name="meeting"),
    path("overleg/<int:pk>/verander/", m.change_meeting, name="change-meeting"),
    path("overleg/<int:pk>/wie/", m.attendees, name="attendees"),
    path("overleg/<int:pk>/hoe-ging-het/", m.how, name="how"),
    path("overleg/<int:pk>/verslag/", m.report, name="meeting-report"),
    path("overleg/<int:pk>/wis/", m.drop_meeting, name="drop-meeting"),
    path("overleg/<int:pk>/agenda/", a.agenda, name="agenda"),
    path("overleg/<int:pk>/agenda/nieuw/", a.new_point, name="new-point"),
    path("agendapunten/<int:pk>/", a.point, name="point"),
    path("taken/", t.own_tasks, name="own-tasks"),
    path("taken/agenda/", f.own_feed, name="own-feed"),
    path("taken/<int:pk>/", t.change_task, name="change-task"),
    path("taken/<int:pk>/klaar/", t.finish_task, name="finish-task"),
]
