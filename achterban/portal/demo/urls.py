"""The page of the demonstration."""

from django.urls import path

from achterban.portal.demo.views import public as p

public = [path("voorbeeld/", p.demo, name="demo")]
