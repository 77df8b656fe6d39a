package io.zhitong.uhppote.message;

/** Back to the settings the board left its factory with (恢复默认参数), function C8: guard word 4 at 8. */
public record RestoreDefaults(long serial) implements Request<Done> {

    @Override
    public Function function() {
        return Function.RESTORE_DEFAULTS;
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
    public static RestoreDefaults decode(byte[] frame) {
        return new RestoreDefaults(
                Frame.of(Function.RESTORE_DEFAULTS, frame).needMagic(8).serial());
    }
}
