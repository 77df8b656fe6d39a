package io.zhitong.keyapi;

import java.util.List;

/**
 * The register of key cards, shares and SAMs (保管登记): what there is, who has it, where; it is told by the people who were
 * there, custodians by their PIN. Every change is one audit record. A SAM's lease is renewed only while the register has it.
 */
public interface CustodyRegister {
    /** Days ahead to which a lease may reach. */
    int LEASE_DAYS = 45;

    /** Numbers by which a lease's highest may rise in one day. */
    int LEASE_NUMBERS = 100_000;

    /** Everything, by number; lost and destroyed things too. */
    List<CustodyItem> items();

    /**
     * A new thing. The same again, still held, answers what is there; a SAM without a terminal may come again with one.
     *
     * @throws KeyServiceException {@link KeyRefusal#ITEM_EXISTS} another thing of that kind and serial
     */
    CustodyItem enter(CustodyEntry entry);

    /**
     * The holder gives it away; it counts as his until the receiver confirms.
     *
     * @param receiver a name as {@link Custodian#name()}, another than the giver's
     * @throws KeyServiceException {@link KeyRefusal#NOT_HOLDER}, {@link KeyRefusal#ITEM_GONE}
     */
    CustodyItem handOver(int item, CustodyPerson giver, String receiver, String place);

    /** The receiver confirms that he has it. */
    CustodyItem confirm(int item, CustodyPerson receiver);

    /** It is lost; nobody needs to prove anything to say so. Renewals of a SAM's lease end at once. */
    CustodyItem lost(int item, String reporter);

    /**
     * It was destroyed before a witness.
     *
     * @throws KeyServiceException {@link KeyRefusal#WITNESS_NEEDED} both are one person
     */
    CustodyItem destroyed(int item, CustodyPerson by, CustodyPerson witness);

    /** Compares what two people counted, by serial, with the register. */
    StockTake stockTake(List<String> serials, CustodyPerson one, CustodyPerson other);

    /**
     * The MAC of a PSAM's UPDATE BINARY {@code 04 D6 9A 00 0C lease8} under its lease key, 4 bytes.
     *
     * @throws KeyServiceException {@link KeyRefusal#UNKNOWN_ITEM}, {@link KeyRefusal#ITEM_GONE}, {@link
     *     KeyRefusal#LEASE_TOO_LONG}, {@link KeyRefusal#OTHER_TERMINAL}
     */
    byte[] lease(LeaseRequest request);
}
