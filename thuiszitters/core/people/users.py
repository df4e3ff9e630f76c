from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models

from thuiszitters.core.kept import EMPLOYMENT, OTHERS, Kept


class UserManager(BaseUserManager):
    def create_user(self, email, password=None, **fields):
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save()
        return user

    def create_superuser(self, email, password=None, **fields):
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email):
        return self.get(email=email.lower())


class User(AbstractUser):
    """An employee. What somebody may do hangs on memberships with dates, never on the account itself."""

    username = None
    email = models.EmailField("e-mailadres", unique=True)
    # As it stands in letters; what somebody typed in the last one, so that it is not asked again.
    phone = models.CharField("telefoon, voor brieven", max_length=40, blank=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []
    objects = UserManager()

    class Meta:
        verbose_name = "gebruiker"
        verbose_name_plural = "gebruikers"

    def __str__(self):
        return self.get_full_name() or self.email

    @property
    def short_name(self) -> str:
        """The name as colleagues appear in lists: M. Officier."""
        return f"{self.first_name[:1]}. {self.last_name}" if self.first_name and self.last_name else str(self)


LONGEST_PHONE = 40


def remember_phone(user: User, phone: str) -> None:
    """What somebody typed stands in the next letter or answer."""
    if phone and phone != user.phone and len(phone) <= LONGEST_PHONE:
        User.objects.filter(pk=user.pk).update(phone=phone)


KEPT = {"User": Kept("medewerker: naam, e-mailadres, telefoon, wachtwoord als hash", EMPLOYMENT, False, OTHERS)}
