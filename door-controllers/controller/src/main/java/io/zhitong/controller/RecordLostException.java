package io.zhitong.controller;

/** A record could not be made durable (记录未能落盘). */
final class RecordLostException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RecordLostException(Throwable cause) {
        super("the journal could not be written: make room on the disk or replace it", cause);
    }
}
