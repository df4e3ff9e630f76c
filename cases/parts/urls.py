from django.urls import path

from cases.parts import views

urlpatterns = [path("wie-ziet-wat/", views.matrix, name="matrix")]
