"""What is said of preparer and reviewer who sign before the issuer."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.domain.identity import SignRole, read_out
from desktop.domain.signatures import CoSignature, CoSigner
from desktop.wording.terms import SIGN_ROLE, moment

WANTED = "填报人、审核人也用自己的证书签名（本单位的规定）"


def who_will(signers: Sequence[CoSigner]) -> str:
    """Of those who are named, who will have to sign and who cannot, with the reason."""
    return "".join(f"{_will(each)}。" for each in signers if each.person)


def _will(each: CoSigner) -> str:
    who = SIGN_ROLE[each.role]
    if each.can:
        return f"{who}{each.person}要签名"
    if each.revoked:
        return f"{who}{each.person}不签：这台电脑上{who}的证书被市里注销了，到“证书”里可以重新申请"
    if each.certified:
        return f"{who}{each.person}不签：这台电脑上{who}的证书是{each.certified}的"
    return f"{who}{each.person}不签：还没有{who}的证书，到“证书”里可以申请"


def done(signature: CoSignature, named: str, revoked: bool = False) -> tuple[str, str]:
    """Who signed, and after it when and with which certificate, or that it was revoked since; `named`: whom the report
    names.
    """
    who = SIGN_ROLE[signature.role] + named
    if signature.person != named:
        who += f"（{signature.person}代签）"
    when = moment(signature.signed_at.astimezone())
    if revoked:
        return who, f"{when}签名，后来证书被市里注销了，要退回填报人，办好新证书重签"
    return who, f"{when}签名，指纹 {read_out(signature.fingerprint)}"


def waiting(role: SignRole, person: str, turn: bool, revoked: bool = False) -> tuple[str, str]:
    """Who has not signed yet; `revoked`: the superior revoked the certificate that is here for it."""
    act = "签发" if role is SignRole.ISSUER else "签名"
    if revoked:
        return f"{SIGN_ROLE[role]}{person}", f"证书被市里注销了，{act}前先到“证书”里申请新的"
    return f"{SIGN_ROLE[role]}{person}", f"该{act}了" if turn else f"还没轮到{act}"
