"""What an organisation says about itself."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from achterban.core.organisations.models import Organisation
from achterban.rules.contrast import is_colour


class DetailsForm(forms.ModelForm):  # type: ignore[type-arg]
    """The facts on the public pages and in the privacy statement."""

    use_required_attribute = False

    class Meta:
        model = Organisation
        fields = [
            "name",
            "controller",
            "email",
            "phone",
            "phone_hours",
            "address",
            "readers",
            "readers_en",
            "mail_name",
            "keep_years",
            "protocol",
        ]


class LineField(forms.CharField):
    """Words that stand in one paragraph, whatever was pasted."""

    def to_python(self, value: Any) -> str:
        """Return the words with single spaces between them."""
        return " ".join(str(super().to_python(value) or "").replace("\0", "").split())


class TextsForm(forms.ModelForm):  # type: ignore[type-arg]
    """What an organisation says in its own words on the public pages."""

    use_required_attribute = False

    class Meta:
        model = Organisation
        fields = ["welcome", "thanks", "welcome_en", "thanks_en"]
        field_classes = dict.fromkeys(fields, LineField)
        widgets = {name: forms.Textarea(attrs={"rows": 3}) for name in fields}
        help_texts = {
            "welcome": _("On the first page, below the title. 300 characters at most."),
            "thanks": _("After sending, above the code. 160 characters at most."),
            "welcome_en": _("Empty: who reads English sees your Dutch, named as such."),
        }


class ColourForm(forms.Form):
    """One colour; whether it can be read, the action knows."""

    colour = forms.CharField(
        label=_("Our colour"),
        help_text=_("For buttons and lines. Words stay dark on light."),
        required=False,  # it has a value always; what it is worth is said below
        widget=forms.TextInput(attrs={"type": "color"}),
    )

    def clean_colour(self) -> str:
        """Return a colour as it is written on the web."""
        colour = str(self.cleaned_data["colour"]).lower()
        if not is_colour(colour):
            raise forms.ValidationError(_("Choose a colour, such as #8a3b1e."))
        return colour


class JoinForm(forms.Form):
    """Which organisation, and who of the two is the umbrella."""

    use_required_attribute = False

    other = forms.CharField(
        label=_("Short name of the other organisation"),
        help_text=_("As in its address, after /o/."),
        max_length=50,
    )
    we_are = forms.ChoiceField(
        label=_("What do you ask?"),
        choices=[
            ("member", _("May we join you? You are our umbrella.")),
            ("umbrella", _("Do you join us? We are your umbrella.")),
        ],
        widget=forms.RadioSelect,
    )


class LogoForm(forms.Form):
    """A picture."""

    logo = forms.FileField(
        label=_("Our logo"),
        help_text=_("PNG, JPEG or WebP, 2 MB at most. A wide, low picture fits best."),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
    )

    def clean_logo(self) -> UploadedFile[Any]:
        """Return the picture."""
        picture = self.cleaned_data["logo"]
        if not picture:
            raise forms.ValidationError(_("Choose a picture first."))
        assert isinstance(picture, UploadedFile)
        return picture
