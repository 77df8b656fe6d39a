package io.zhitong.controller.camera;

/** A camera gave no picture; {@link #fault} says why (抓拍失败). */
public final class CameraException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final CameraFault fault;

    public CameraException(CameraFault fault) {
        super(fault.english());
        this.fault = fault;
    }

    public CameraException(CameraFault fault, Throwable cause) {
        super(fault.english(), cause);
        this.fault = fault;
    }

    public CameraFault fault() {
        return fault;
    }
}
