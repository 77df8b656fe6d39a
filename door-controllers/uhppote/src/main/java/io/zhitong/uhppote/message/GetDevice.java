package io.zhitong.uhppote.message;

/** Who are you? Serial 0 asks every board (搜索控制器), function 94. */
public record GetDevice(long serial) implements Request<DeviceAnswer> {

    @Override
    public Function function() {
        return Function.GET_DEVICE;
    }

    @Override
    public byte[] encode() {
        return Frame.to(function(), serial).bytes();
    }

    @Override
    public DeviceAnswer answer(byte[] frame) {
        return DeviceAnswer.decode(frame);
    }

    /** @throws FrameException if it is no such request */
    public static GetDevice decode(byte[] frame) {
        return new GetDevice(Frame.of(Function.GET_DEVICE, frame).serial());
    }
}
