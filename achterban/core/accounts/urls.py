"""Addresses of this room: the way in, and the team."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkey
from django.urls import path
from django.views.generic import RedirectView

from achterban.core.accounts.access import own_page, same_time, staff
from achterban.core.accounts.views import own as mine
from achterban.core.accounts.views import public as doors
from achterban.core.accounts.views import work as office

# Names are allauth's; pages of allauth that are not here do not exist.
public = [
    path("", staff(same_time(account.login)), name="account_login"),
    path("uit/", staff(account.logout), name="account_logout"),
    path(
        "code/",
        staff(same_time(account.request_login_code)),
        name="account_request_login_code",
    ),
    path(
        "code/invullen/",
        staff(same_time(account.confirm_login_code)),
        name="account_confirm_login_code",
    ),
    path("passkey/", staff(passkey.login_webauthn), name="mfa_login_webauthn"),
    path("controle/", staff(factor.authenticate), name="mfa_authenticate"),
    path("opnieuw/", staff(account.reauthenticate), name="account_reauthenticate"),
    path("opnieuw/code/", staff(factor.reauthenticate), name="mfa_reauthenticate"),
    path(
        "opnieuw/passkey/",
        staff(passkey.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
    path("tweede-stap/", doors.second_factor, name="second-factor"),
    path("uitnodiging/<str:token>/", doors.invitation, name="invitation"),
    path("aanmelden/", doors.not_here, name="account_signup"),
    path("gesloten/", doors.not_here, name="account_inactive"),
]

enrolling = own_page(fresh=True, enrolling=True)
fresh = own_page(fresh=True)

own = [
    path("account/", mine.account, name="account"),
    path("account/", mine.account, name="mfa_index"),
    path("account/wachtwoord/", mine.password, name="account_change_password"),
    path("account/wachtwoord/", mine.password, name="account_set_password"),
    path("account/app/", enrolling(app.activate_totp), name="mfa_activate_totp"),
    path("account/app/weg/", fresh(app.deactivate_totp), name="mfa_deactivate_totp"),
    path("account/codes/", mine.recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "account/codes/nieuw/",
        fresh(codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "account/codes/bestand/",
        mine.recovery_codes_file,
        name="mfa_download_recovery_codes",
    ),
    path(
        "account/passkeys/",
        RedirectView.as_view(pattern_name="mfa_index"),
        name="mfa_list_webauthn",
    ),
    path(
        "account/passkeys/nieuw/",
        enrolling(passkey.add_webauthn),
        name="mfa_add_webauthn",
    ),
    path(
        "account/passkeys/<int:pk>/weg/",
        fresh(passkey.remove_webauthn),
        name="mfa_remove_webauthn",
    ),
    path(
        "account/passkeys/<int:pk>/",
        fresh(passkey.edit_webauthn),
        name="mfa_edit_webauthn",
    ),
]

work = [
    path("", office.team, name="team"),
    path("uitnodigen/", office.invite, name="team-invite"),
    path("uitnodiging/<int:pk>/intrekken/", office.withdraw, name="team-withdraw"),
    path("rol/<int:pk>/weg/", office.remove, name="team-remove"),
    path("<int:pk>/tweede-stap/", office.reset_factor, name="team-reset-factor"),
]
