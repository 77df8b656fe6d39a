package io.zhitong.backend.boards;

/** Another worker has taken over events of this board meanwhile: nothing was stored, the board is looked at anew. */
final class CursorMovedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CursorMovedException() {
        super("expected the board's cursor where it was read; another worker has moved it");
    }
}
