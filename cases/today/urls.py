from django.urls import path

from cases.today import views

urlpatterns = [
    path("vandaag/", views.today, name="waiting"),
    path("vandaag/werk/<int:pk>/opnieuw/", views.retry_job, name="job-retry"),
]
