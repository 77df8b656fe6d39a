package io.zhitong.uhppote.message;

/**
 * What is this time profile? (读取时段), function 98: id 1 at 8.
 */
public record GetProfile(long serial, int id) implements Request<ProfileAnswer> {

    public GetProfile {
        FrameException.range(id, BoardProfile.FIRST_ID, BoardProfile.LAST_ID, "a profile");
    }

    @Override
    public Function function() {
        return Function.GET_PROFILE;
    }

    @Override
    public byte[] encode() {
        return Frame.to(function(), serial).u8(8, id).bytes();
    }

    @Override
    public ProfileAnswer answer(byte[] frame) {
        return ProfileAnswer.decode(frame);
    }

    /** @throws FrameException if it is no such request */
    public static GetProfile decode(byte[] frame) {
        Frame in = Frame.of(Function.GET_PROFILE, frame);
        return new GetProfile(in.serial(), in.u8(8));
    }
}
