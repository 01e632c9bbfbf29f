"""Addresses: ``work`` at ``/werk/``."""

from django.urls import path

from achterban.advocate.issues.views import work as w

work = [
    path("knelpunten/", w.issue_list, name="issue-list"),
    path("knelpunten/nieuw/", w.new_issue, name="new-issue"),
    path("knelpunten/<int:pk>/", w.issue, name="issue"),
    path("knelpunten/<int:pk>/verander/", w.change_issue, name="change-issue"),
    path("knelpunten/bij/<int:pk>/", w.alike, name="alike"),
]
