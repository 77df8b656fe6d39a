package io.zhitong.link;

/** The link cannot do what was asked, or a peer broke the protocol (连接错误). The message never repeats input. */
public final class LinkException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final LinkFault fault;

    public LinkException(LinkFault fault, String message) {
        super(fault.english() + ": " + message);
        this.fault = fault;
    }

    public LinkException(LinkFault fault, String message, Throwable cause) {
        super(fault.english() + ": " + message, cause);
        this.fault = fault;
    }

    public LinkFault fault() {
        return fault;
    }
}
