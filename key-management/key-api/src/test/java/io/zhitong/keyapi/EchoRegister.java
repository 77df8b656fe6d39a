package io.zhitong.keyapi;

import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.SecretAccess;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** A register that notes what it was asked and always answers the same. */
final class EchoRegister implements CustodyRegister {
    static final SamBinding SAM = new SamBinding(
            Hex.parse("4403ff0000000000"),
            Hex.parse("0000000044030001"),
            Hex.parse("0102030405060708"),
            Hex.parse("440300000043"),
            2);
    static final CustodyEntry PSAM = new CustodyEntry(
            CustodyKind.PURCHASE_SAM, "00004403990000000043", "DPK CMAC 52FC10", "王芳", "便利店", Optional.of(SAM));
    static final CustodyItem ITEM = new CustodyItem(
            7, PSAM, CustodyState.OFFERED, 1000, "李雷", Hex.parse("2026123100000100"), Hex.parse("20261121"));

    private final List<String> asked;

    EchoRegister(List<String> asked) {
        this.asked = asked;
    }

    private static String text(CustodyPerson person) {
        return person.name() + "/" + person.custodian() + "/"
                + new String(person.pin().export(SecretAccess.TOKEN), StandardCharsets.US_ASCII);
    }

    @Override
    public List<CustodyItem> items() {
        return List.of(ITEM);
    }

    @Override
    public CustodyItem enter(CustodyEntry entry) {
        asked.add("enter " + entry.serial() + " " + entry.sam().isPresent());
        return ITEM;
    }

    @Override
    public CustodyItem handOver(int item, CustodyPerson giver, String receiver, String place) {
        asked.add("handOver " + item + " " + text(giver) + " " + receiver + " " + place);
        return ITEM;
    }

    @Override
    public CustodyItem confirm(int item, CustodyPerson receiver) {
        asked.add("confirm " + item + " " + text(receiver));
        return ITEM;
    }

    @Override
    public CustodyItem lost(int item, String reporter) {
        asked.add("lost " + item + " " + reporter);
        return ITEM;
    }

    @Override
    public CustodyItem destroyed(int item, CustodyPerson by, CustodyPerson witness) {
        asked.add("destroyed " + item + " " + text(by) + " " + text(witness));
        return ITEM;
    }

    @Override
    public StockTake stockTake(List<String> serials, CustodyPerson one, CustodyPerson other) {
        asked.add("stockTake " + serials + " " + text(one) + " " + text(other));
        return new StockTake(3, List.of(ITEM), List.of(), List.of("99"));
    }

    @Override
    public byte[] lease(LeaseRequest request) {
        asked.add("lease " + Hex.of(request.serial()) + " " + Hex.of(request.lease()));
        return new byte[] {1, 2, 3, 4};
    }
}
