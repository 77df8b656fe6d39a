package io.zhitong.keyvault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.keyapi.CustodyEntry;
import io.zhitong.keyapi.CustodyItem;
import io.zhitong.keyapi.CustodyKind;
import io.zhitong.keyapi.SamBinding;
import io.zhitong.smcrypto.Hex;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is said when a thing is reported lost: what falls, until when it works, what to do. */
class LostThingTest {
    private static final SamBinding SAM = new SamBinding(
            Hex.parse("4403ff0000000000"),
            Hex.parse("0000000044030001"),
            Hex.parse("0102030405060708"),
            Hex.parse("440300000043"),
            3);

    private static CustodyItem item(CustodyKind kind, Optional<SamBinding> sam) {
        return CustodyItem.fresh(1, new CustodyEntry(kind, "00004403990000000043", "", "A", "B", sam), 0);
    }

    @Test
    void lost_psam_names_master_lease_reach_and_rotation() {
        CustodyItem psam = item(CustodyKind.PURCHASE_SAM, Optional.of(SAM))
                .granted(Hex.parse("20261231000186a0"), Hex.parse("20261121"));
        assertEquals(
                List.of(
                        "holds 含主密钥: DPK/3:4403ff0000000000",
                        "sells to 最迟用到: 20261231, number 序号 100000",
                        "reach 影响范围: zt keys blast --console URL --psam 00004403990000000043",
                        "rotate 轮换: zt keys new-version --key DPK/4, then new cards and SAMs"),
                LostThing.advice(psam));
    }

    @Test
    void lost_psam_without_a_lease_says_so() {
        List<String> said = LostThing.advice(item(CustodyKind.PURCHASE_SAM, Optional.of(SAM)));
        assertTrue(said.contains("sells to 最迟用到: no lease 无租约"), said.toString());
    }

    @Test
    void lost_access_sam_names_its_communitys_master_and_no_lease() {
        List<String> said = LostThing.advice(item(CustodyKind.ACCESS_SAM, Optional.of(SAM)));
        assertEquals("holds 含主密钥: ACCESS_FAST/3:4403ff0000000000:0000000044030001", said.get(0));
        assertFalse(said.toString().contains("租约"), said.toString());
    }

    @ParameterizedTest
    @EnumSource(
            value = CustodyKind.class,
            names = {"PURCHASE_SAM", "ACCESS_SAM"})
    void sam_from_the_stock_holds_nothing_yet(CustodyKind kind) {
        assertEquals(List.of(), LostThing.advice(item(kind, Optional.empty())));
    }

    @ParameterizedTest
    @CsvSource({
        "CONTROL_CARD, 重新举行仪式",
        "SHARE, 重新举行仪式",
        "MOTHER_CARD, 停用交换密钥",
        "TRANSPORT_CARD, 停用交换密钥",
        "AUTHENTICATION_CARD, 保管人"
    })
    void lost_card_names_what_to_do(CustodyKind kind, String what) {
        List<String> said = LostThing.advice(item(kind, Optional.empty()));
        assertEquals(1, said.size());
        assertTrue(said.get(0).contains(what), said.toString());
    }
}
