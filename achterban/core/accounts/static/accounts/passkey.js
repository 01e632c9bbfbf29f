// Say aloud that a passkey did not work; allauth's own script does the rest.
(function () {
  document.addEventListener('allauth.error', function () {
    const trouble = document.getElementById('passkey-trouble')
    if (trouble) trouble.hidden = false
  })
})()
