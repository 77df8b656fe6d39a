package io.zhitong.keyvault;

import io.zhitong.keyapi.CustodyItem;
import io.zhitong.keyapi.CustodyKind;
import io.zhitong.keyapi.KeyRef;
import io.zhitong.keyapi.KeyUsage;
import io.zhitong.keyapi.SamBinding;
import io.zhitong.smcrypto.Hex;
import java.util.ArrayList;
import java.util.List;

/** What falls with a lost thing, and what is to be done (遗失处置), in words. */
final class LostThing {
    private LostThing() {}

    static List<String> advice(CustodyItem item) {
        List<String> lines = new ArrayList<>();
        item.entry().sam().ifPresent(sam -> ofSam(item, sam, lines));
        switch (item.entry().kind()) {
            case CONTROL_CARD, SHARE ->
                lines.add("a share: with fewer than the quorum it opens nothing; deal new ones in a ceremony"
                        + " 分量遗失：重新举行仪式分发");
            case MOTHER_CARD ->
                lines.add("a mother card gives nothing without its transport card; retire the exchange key"
                        + " 停用交换密钥：zt keys state");
            case TRANSPORT_CARD ->
                lines.add("a transport card holds one component; retire the exchange key 停用交换密钥：zt keys state");
            case AUTHENTICATION_CARD -> lines.add("enrol a new one before a witness 由另一保管人见证，重新登记");
            default -> {}
        }
        return lines;
    }

    private static void ofSam(CustodyItem item, SamBinding sam, List<String> lines) {
        boolean purchase = item.entry().kind() == CustodyKind.PURCHASE_SAM;
        KeyRef key = purchase
                ? KeyRef.of(KeyUsage.DPK, sam.keyVersion(), sam.city())
                : KeyRef.of(KeyUsage.ACCESS_FAST, sam.keyVersion(), sam.city(), sam.community());
        lines.add("holds 含主密钥: " + key.text());
        if (purchase) {
            lines.add("sells to 最迟用到: " + lease(item.lease()));
        }
        lines.add(
                "reach 影响范围: zt keys blast --console URL --psam " + item.entry().serial());
        lines.add("rotate 轮换: zt keys new-version --key " + key.usage() + "/" + (sam.keyVersion() + 1)
                + ", then new cards and SAMs");
    }

    private static String lease(byte[] lease) {
        String hex = Hex.of(lease);
        return Long.parseLong(hex, 16) == 0
                ? "no lease 无租约"
                : hex.substring(0, 8) + ", number 序号 " + Long.parseLong(hex.substring(8), 16);
    }
}
