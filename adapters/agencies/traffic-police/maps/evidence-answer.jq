# The photograph, as the camera took it, or the decision, as it was sealed.
{
    name: (.zpbh + (if .zplx == "application/pdf" then ".pdf" else ".png" end)),
    media_type: .zplx,
    sha256: .zpzy,
    content: .zpsj
}
