from django.urls import path

from cases.sight.doors import CASE
from cases.work import views

urlpatterns = [
    path(f"{CASE}/contact/", views.contact, name="contact"),
    path(f"{CASE}/contact/<int:pk>/", views.contact, name="contact-edit"),
    path(f"{CASE}/gesprek/<int:pk>/vastleggen/", views.contact_of_talk, name="contact-of-talk"),
    path(f"{CASE}/contact/<int:pk>/intrekken/", views.withdraw_contact, name="contact-withdraw"),
    path(f"{CASE}/notitie/<int:pk>/intrekken/", views.withdraw_note, name="note-withdraw"),
    path(f"{CASE}/notitie/", views.note, name="note"),
    path(f"{CASE}/notitie/<int:pk>/", views.note, name="note-edit"),
    path(f"{CASE}/stap/", views.task, name="task"),
    path(f"{CASE}/stap/<int:pk>/", views.task, name="task-edit"),
    path(f"{CASE}/stap/<int:pk>/klaar/", views.task_done, name="task-done"),
    path(f"{CASE}/speelt/", views.problem_list, name="problems"),
]
