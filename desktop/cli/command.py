"""The commands and their arguments; what one ends with becomes a sentence and an exit status."""

from __future__ import annotations

import argparse
import logging
from pathlib import Path
from typing import Any, NoReturn

from desktop.cli import keeping, planning, receiving, removing, reporting, signing, verifying
from desktop.cli.speaking import DONE, FAULT, REFUSED, UNREADABLE, UsageError, say
from desktop.domain.errors import CancelledError, UnreadableError, UserError
from desktop.paths import Paths
from desktop.wording import errors


def main(arguments: list[str], paths: Paths) -> int:
    """Runs one command; returns the exit status."""
    try:
        options = _parser().parse_args(arguments)
    except UsageError as error:
        say(str(error))
        return UNREADABLE
    except SystemExit:
        # After --help.
        return DONE
    try:
        status: int = options.run(options, paths)
        return status
    except UsageError as error:
        say(str(error))
        return UNREADABLE
    except UserError as error:
        say(errors.one_line(error))
        return UNREADABLE if isinstance(error, UnreadableError) else REFUSED
    except (CancelledError, KeyboardInterrupt):
        say("已停下。做完的留着，没做完的没有写进去。")
        return REFUSED
    except Exception:
        logging.getLogger("lantian").exception("headless command %s", arguments[:2])
        say(f"程序出了错，已有的内容没有变化。详情记在：{paths.log}")
        return FAULT


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{self.format_usage().strip()}\n{message}")

    def print_help(self, file: Any = None) -> None:
        """Help is for people: it goes where sentences go, so that standard output holds JSON or nothing."""
        say(self.format_help())


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="lantian", description="蓝天季报")
    commands = parser.add_subparsers(dest="command", required=True, parser_class=_Parser)
    plan = commands.add_parser("plan", help="方案").add_subparsers(
        dest="verb", required=True, parser_class=_Parser
    )
    read = plan.add_parser("read", help="读一个方案文件，不保存")
    read.add_argument("file", type=Path)
    read.set_defaults(run=planning.read)
    demo = commands.add_parser("demo", help="全流程演示")
    demo.add_argument("out", type=Path)
    demo.add_argument("--plan", type=Path)
    demo.add_argument("--quarter", default="2025Q1")
    demo.add_argument("--region")
    demo.set_defaults(run=planning.demo)
    verify = commands.add_parser("verify", help="查验一个文件，或核对纸上的码")
    verify.add_argument("file", type=Path, nargs="?")
    verify.add_argument("--trust", type=Path)
    verify.add_argument("--code", help="纸上页脚的核对码，或二维码里的摘要值；要和 --workspace 一起用")
    verify.add_argument(
        "--workspace", type=Path, help="按这个工作区信任的根证书和收到的最新注销名单查验，代替 --trust"
    )
    verify.set_defaults(run=verifying.verify)
    receive = commands.add_parser("receive", help="收文件")
    receive.add_argument("files", type=Path, nargs="+")
    receive.add_argument("--confirm", default="", help="已电话核对过的指纹，导入邀请时要")
    receive.set_defaults(run=receiving.receive)
    report = commands.add_parser("report", help="导出 PDF 和 Excel")
    report.add_argument("--pdf", type=Path, required=True)
    report.add_argument("--xlsx", type=Path, required=True)
    report.add_argument("--passphrase-file", type=Path, help="给了口令文件，市里的汇总 PDF 就签名")
    report.set_defaults(run=reporting.report)
    reporting.add_bulletin_options(report)
    co_sign = commands.add_parser("co-sign", help="填报人、审核人依次签名，在签发之前")
    co_sign.add_argument("--passphrase-file", type=Path, help="轮到签名的这个人自己的口令文件")
    co_sign.set_defaults(run=signing.co_sign)
    submit = commands.add_parser("submit", help="签发并写出报送文件")
    submit.add_argument("--out", type=Path, required=True)
    submit.add_argument("--passphrase-file", type=Path)
    submit.add_argument("--approval", type=Path, help="代签：签发人已签字的签批单的扫描件")
    submit.add_argument("--approved-on", default="", help="代签：签批单上写的签字日期，如 2025-04-08")
    submit.add_argument(
        "--all-here", action="store_true", help="从备份恢复以后第一次签发：备份以后报送过的都已找回，没有漏的"
    )
    submit.set_defaults(run=signing.submit)
    backup = commands.add_parser("backup", help="整个工作区备份成一个文件，写完读回核对")
    backup.add_argument("target", type=Path, help="备份文件（.jbk），或放它的文件夹")
    backup.add_argument("--replace", action="store_true", help="已有同名文件时，新的备份核对好了就代替它")
    backup.set_defaults(run=keeping.backup)
    restore = commands.add_parser("restore", help="从备份恢复成一个新的工作区，不动原来的")
    restore.add_argument("file", type=Path)
    restore.add_argument("--to", type=Path, help="新文件夹：还没有的，或空的")
    restore.add_argument(
        "--look", action="store_true", help="只看备份是谁的、什么时候的，逐个文件核对，什么都不写"
    )
    restore.set_defaults(run=keeping.restore)
    workspaces = commands.add_parser("workspaces", help="这台电脑上打开过的工作区；--remove 把它们删掉")
    workspaces.add_argument("folders", type=Path, nargs="*")
    workspaces.add_argument("--list-to", type=Path, help="把还在的写进这个文件，一行一个，UTF-16；卸载程序用")
    workspaces.add_argument("--remove", action="store_true", help="删掉，找不回来；卸载程序用")
    workspaces.set_defaults(run=removing.workspaces)
    for command in (receive, report, co_sign, submit, backup):
        command.add_argument("--workspace", type=Path, required=True)
    for command in (report, co_sign, submit):
        command.add_argument("--quarter", required=True)
        command.add_argument("--plan")
    return parser
