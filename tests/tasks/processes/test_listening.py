import socket

from tasks.processes.listening import listening


def test_what_is_accepted_sends_small_answers_at_once() -> None:
    with listening("127.0.0.1", 0) as server, socket.create_connection(server.getsockname()) as asking:
        accepted, _ = server.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
            asking.sendall(b"x")
