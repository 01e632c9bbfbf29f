"""Mail as files, where no mail server is set."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class FileBackend(BaseEmailBackend):
    """Write each letter to ``DATA/mail/``, one file a message id."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write the letters; return how many."""
        settings.MAIL_FOLDER.mkdir(parents=True, exist_ok=True, mode=0o700)
        for message in email_messages:
            name = message.extra_headers["Message-ID"].strip("<>").partition("@")[0]
            path = settings.MAIL_FOLDER / f"{name}.eml"
            path.write_bytes(message.message().as_bytes())
            path.chmod(0o600)
        return len(email_messages)
