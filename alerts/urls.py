from django.urls import path

from alerts import views

urlpatterns = [
    path("alerts/", views.join, name="alerts"),
    path("alerts/sent/", views.sent, name="alerts_sent"),
    path("alerts/<slug:token>/", views.manage, name="alerts_manage"),
    path("alerts/<slug:token>/confirm/", views.confirm, name="alerts_confirm"),
    path("alerts/<slug:token>/leave/", views.leave, name="alerts_leave"),
]
