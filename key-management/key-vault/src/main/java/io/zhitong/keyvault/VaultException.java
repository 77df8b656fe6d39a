package io.zhitong.keyvault;

/** The vault does not open or cannot go on; {@link #fault()} says why. */
public final class VaultException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final VaultFault fault;

    public VaultException(VaultFault fault, String message) {
        super(fault.english() + " " + fault.chinese() + ": " + message);
        this.fault = fault;
    }

    public VaultException(VaultFault fault, String message, Throwable cause) {
        super(fault.english() + " " + fault.chinese() + ": " + message, cause);
        this.fault = fault;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    public VaultFault fault() {
        return fault;
    }
}
