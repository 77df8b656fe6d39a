package io.zhitong.uhppote.message;

/** Forget all time profiles (清除时段), function 8A: guard word 4 at 8. */
public record ClearProfiles(long serial) implements Request<Done> {

    @Override
    public Function function() {
        return Function.CLEAR_PROFILES;
    }

    @Override
    public byte[] encode() {
        return Frame.to(function(), serial).magic(8).bytes();
    }

    @Override
    public Done answer(byte[] frame) {
        return Done.decode(function(), frame);
    }

    /** @throws FrameException if it is no such request */
    public static ClearProfiles decode(byte[] frame) {
        return new ClearProfiles(
                Frame.of(Function.CLEAR_PROFILES, frame).needMagic(8).serial());
    }
}
