package io.zhitong.backend.settlement;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.settlementfile.PackageHeader;
import io.zhitong.settlementfile.PackageName;
import io.zhitong.settlementfile.SignedPackage;
import java.time.Instant;

/**
 * A settlement file that was given out (清算文件).
 *
 * @param header as signed
 * @param part from 1: a receiver's day with more records than a file holds goes into several
 * @param dayOver false for a file made before the cut-off: a later version may replace it
 */
public record StoredPackage(
        CommunityId community,
        PackageHeader header,
        int part,
        SignedPackage file,
        boolean dayOver,
        Instant made,
        String madeBy) {
    public PackageName name() {
        return header.name();
    }
}
