package io.zhitong.backend.keys;

import io.zhitong.keyapi.EvidenceFile;
import io.zhitong.keyapi.KeyAdministration;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.Sm3;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.springframework.stereotype.Component;

/** The evidence pack as one download (证据包下载). */
@Component
public class EvidenceDesk {
    /** The vault's files with their SM3, and the audit chain as far as it goes. */
    private static final String SUMS = "sm3sums.txt";

    private final KeyAdministration vault;
    private final AuditDesk audit;

    EvidenceDesk(KeyAdministration vault, AuditDesk audit) {
        this.vault = vault;
        this.audit = audit;
    }

    /**
     * What the pack holds, without the audit chain.
     *
     * @throws io.zhitong.keyapi.KeyServiceException when the vault does not answer
     */
    public List<EvidenceFile> files() {
        return vault.evidence().pack();
    }

    /**
     * Writes these files, their SM3 sums, and the audit chain, which reaches at least as far as they tell.
     *
     * @throws io.zhitong.keyapi.KeyServiceException when the vault does not answer
     */
    public void write(List<EvidenceFile> files, OutputStream out) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out);
        StringBuilder sums = new StringBuilder();
        for (EvidenceFile file : files) {
            zip.putNextEntry(new ZipEntry(file.name()));
            zip.write(file.content());
            sums.append(Hex.of(Sm3.hash(file.content())))
                    .append("  ")
                    .append(file.name())
                    .append('\n');
        }
        zip.putNextEntry(new ZipEntry(SUMS));
        zip.write(sums.toString().getBytes(StandardCharsets.US_ASCII));
        zip.putNextEntry(new ZipEntry("audit.export"));
        audit.export(zip);
        zip.finish();
    }
}
