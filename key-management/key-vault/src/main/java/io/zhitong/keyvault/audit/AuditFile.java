package io.zhitong.keyvault.audit;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** The audit file of a vault that no process serves (审计文件), for reading only. Not thread-safe. */
public final class AuditFile {
    private final AuditPosition end;
    private final long length;
    private final AuditPages pages;

    private AuditFile(AuditPosition end, long length, AuditPages pages) {
        this.end = end;
        this.length = length;
        this.pages = pages;
    }

    /**
     * Checks the chain and makes it readable; a piece of a record at its end is left out.
     *
     * @throws io.zhitong.keyvault.VaultException {@link io.zhitong.keyvault.VaultFault#AUDIT_BROKEN}
     */
    public static AuditFile of(Path path) throws IOException {
        try (FileChannel file = FileChannel.open(path)) {
            AuditChain.Checked checked = AuditChain.check(file, AuditPosition.start());
            return new AuditFile(checked.end(), checked.length(), new AuditPages(path, checked.places()));
        }
    }

    /** The newest record. */
    public AuditPosition position() {
        return end;
    }

    /** As {@link AuditLog#read}. */
    public AuditPiece read(long from, int most) {
        return pages.read(from, most, length);
    }
}
