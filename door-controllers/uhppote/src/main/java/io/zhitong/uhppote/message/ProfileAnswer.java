package io.zhitong.uhppote.message;

import java.util.Optional;

/** A time profile a board was asked for (时段查询结果): a {@link BoardProfile}; id 0 = it holds none. */
public record ProfileAnswer(long serial, Optional<BoardProfile> profile) implements Answer {

    @Override
    public Function function() {
        return Function.GET_PROFILE;
    }

    @Override
    public byte[] encode() {
        Frame out = Frame.to(function(), serial);
        profile.ifPresent(each -> each.write(out));
        return out.bytes();
    }

    /** @throws FrameException if it is no such answer */
    public static ProfileAnswer decode(byte[] frame) {
        Frame in = Frame.of(Function.GET_PROFILE, frame);
        return new ProfileAnswer(in.serial(), in.u8(8) == 0 ? Optional.empty() : Optional.of(BoardProfile.read(in)));
    }
}
