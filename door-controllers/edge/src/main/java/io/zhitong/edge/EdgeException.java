package io.zhitong.edge;

/** A device cannot go on with what it was doing; {@link #fault} says why (设备异常). */
public final class EdgeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final EdgeFault fault;

    public EdgeException(EdgeFault fault, String message) {
        super(fault.english() + ": " + message);
        this.fault = fault;
    }

    public EdgeException(EdgeFault fault, String message, Throwable cause) {
        super(fault.english() + ": " + message, cause);
        this.fault = fault;
    }

    public EdgeFault fault() {
        return fault;
    }
}
