package io.zhitong.uhppote.message;

/** A board that takes a new address does not answer (无应答): {@link SetAddress}. */
public record NoAnswer(Function function, long serial) implements Answer {

    @Override
    public byte[] encode() {
        throw new IllegalStateException("there is no such datagram");
    }
}
