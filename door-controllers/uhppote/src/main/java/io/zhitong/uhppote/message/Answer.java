package io.zhitong.uhppote.message;

/** What a board says (应答). */
public interface Answer {

    Function function();

    /** Who says it. */
    long serial();

    /** The 64 bytes, running number 0. */
    byte[] encode();
}
