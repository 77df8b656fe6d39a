package io.zhitong.uhppote.message;

/**
 * Hold this time profile (设置时段), function 88: a {@link BoardProfile}.
 */
public record SetProfile(long serial, BoardProfile profile) implements Request<Done> {

    @Override
    public Function function() {
        return Function.SET_PROFILE;
    }

    @Override
    public byte[] encode() {
        return profile.write(Frame.to(function(), serial)).bytes();
    }

    @Override
    public Done answer(byte[] frame) {
        return Done.decode(function(), frame);
    }

    /** @throws FrameException if it is no such request */
    public static SetProfile decode(byte[] frame) {
        Frame in = Frame.of(Function.SET_PROFILE, frame);
        return new SetProfile(in.serial(), BoardProfile.read(in));
    }
}
