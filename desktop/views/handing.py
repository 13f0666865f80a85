"""A double click on a package while the program runs: the second start hands the file to the first and ends."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_PATIENCE = 3000
_TRIES, _BETWEEN = 40, 500
_MOST = 64 * 1024
_TAKEN = b"taken\n"


def channel(user: Path) -> str:
    """The name under which the running program of this user folder listens."""
    return "lantian-" + hashlib.sha256(str(user.absolute()).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def hand_over(user: Path, package: Path, patience: int = _PATIENCE) -> bool:
    """Gives the package to the program that runs already; False when none does or none answers in `patience` ms."""
    socket = QLocalSocket()
    socket.connectToServer(channel(user))
    if not socket.waitForConnected(patience):
        return False
    socket.write(str(package.absolute()).encode("utf-8", "surrogatepass") + b"\n")
    socket.flush()
    # The answer may be here already, and then no more of it comes.
    if not socket.canReadLine():
        socket.waitForReadyRead(patience)
    answer = bytes(socket.readLine().data())
    socket.abort()
    return answer == _TAKEN


def hand_over_or_lead(user: Path, package: Path, lead: QLockFile) -> bool:
    """Whether the package was taken. Several packages opened at once start several programs: the one that gets `lead`
    goes on and lets it go when it listens; the others wait for it, some twenty seconds."""
    for _ in range(_TRIES):
        if hand_over(user, package):
            return True
        if lead.tryLock(_BETWEEN):
            # It may have been let go a moment ago by one that listens now.
            return hand_over(user, package)
    return False


class Receiver(QObject):
    """Listens for packages of later starts and gives each to `take`. The first program of a user folder listens."""

    def __init__(self, user: Path, take: Callable[[Path], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._take = take
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._connected)
        name = channel(user)
        if not _is_answered(name):
            # Left by a program that was killed; under Windows there is nothing to leave.
            QLocalServer.removeServer(name)
            self._server.listen(name)

    @property
    def listens(self) -> bool:
        return self._server.isListening()

    def close(self) -> None:
        """No more packages; closing twice is harmless."""
        self._server.close()

    def _connected(self) -> None:
        socket = self._server.nextPendingConnection()
        if socket is not None:
            socket.readyRead.connect(lambda: self._read(socket))
            socket.disconnected.connect(socket.deleteLater)
            self._read(socket)

    def _read(self, socket: QLocalSocket) -> None:
        if socket.bytesAvailable() > _MOST:
            socket.abort()
            return
        if not socket.canReadLine():
            return
        try:
            package = Path(bytes(socket.readLine().data()).rstrip(b"\n").decode("utf-8", "surrogatepass"))
        except UnicodeDecodeError:
            socket.abort()
            return
        # Whoever may speak here is this user; still nothing but what a double click can name.
        if package.suffix.lower() != ".jbx" or not package.is_absolute():
            socket.abort()
            return
        socket.write(_TAKEN)
        socket.flush()
        self._take(package)


def _is_answered(name: str) -> bool:
    socket = QLocalSocket()
    socket.connectToServer(name)
    answered = socket.waitForConnected(200)
    socket.abort()
    return answered
