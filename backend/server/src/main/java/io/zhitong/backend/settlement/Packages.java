package io.zhitong.backend.settlement;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.settlementfile.PackageName;
import io.zhitong.settlementfile.PublicKeyPem;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Finds settlement files and the key that checks them (清算文件查询). */
@Component
public class Packages {
    private final PackageRows rows;
    private final VaultSigner signer;

    Packages(PackageRows rows, VaultSigner signer) {
        this.rows = rows;
        this.signer = signer;
    }

    public Optional<StoredPackage> named(CommunityId community, PackageName name) {
        return rows.named(community, name);
    }

    /** All versions of the day, newest version of each first. */
    public List<StoredPackage> ofDay(CommunityId community, LocalDate day) {
        return rows.ofDay(community, day);
    }

    /** Days that have files, newest first. */
    public List<LocalDate> days(CommunityId community, int limit) {
        return rows.days(community, limit);
    }

    /** Whether the day's files are final. */
    public boolean isFinal(CommunityId community, LocalDate day) {
        return rows.isSettled(community, day);
    }

    /** @throws io.zhitong.keyapi.KeyServiceException the vault is away */
    public String publicKeyPem() {
        return PublicKeyPem.encode(signer.publicKey());
    }
}
