package io.zhitong.uhppote.message;

/**
 * What a board is asked (请求).
 *
 * @param <A> its answer
 */
public interface Request<A extends Answer> {

    Function function();

    /** Who is asked. */
    long serial();

    /** The 64 bytes, running number 0. */
    byte[] encode();

    /** Reads the answer to this question. @throws FrameException if it is none */
    A answer(byte[] frame);
}
