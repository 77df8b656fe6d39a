package io.zhitong.backend.commerce;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.ledger.AccountKey;
import io.zhitong.backend.ledger.Accounts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The merchants and their tills (商户档案). */
@Component
public class Merchants {
    private static final String ALL =
            "select m.community_id, m.code, m.name, m.device_number, t.device_number as further"
                    + " from merchant m left join merchant_till t on t.community_id = m.community_id and t.code = m.code"
                    + " where m.community_id = ?";
    private static final String ORDER = " order by m.code, t.device_number";

    private final JdbcClient jdbc;
    private final Accounts accounts;

    Merchants(JdbcClient jdbc, Accounts accounts) {
        this.jdbc = jdbc;
        this.accounts = accounts;
    }

    /** Registers the merchant with its tills, one at least, and opens its account. */
    @Transactional
    public void add(Merchant merchant) {
        List<Long> tills = merchant.tills();
        jdbc.sql("insert into merchant (community_id, code, name, device_number) values (?, ?, ?, ?)")
                .params(merchant.community().value(), merchant.code(), merchant.name(), tills.get(0))
                .update();
        tills.stream().skip(1).forEach(till -> addTill(merchant.community(), merchant.code(), till));
        accounts.open(merchant.community(), AccountKey.merchant(merchant.code()), merchant.name());
    }

    /** One more till of a merchant, which no other has. */
    void addTill(CommunityId community, String code, long till) {
        jdbc.sql("insert into merchant_till (community_id, device_number, code) values (?, ?, ?)")
                .params(community.value(), till, code)
                .update();
    }

    public List<Merchant> all(CommunityId community) {
        return merchants(jdbc.sql(ALL + ORDER).param(community.value()));
    }

    /** The merchant whose till this device is. */
    public Optional<Merchant> ofDevice(CommunityId community, long device) {
        return merchants(jdbc.sql(ALL
                                + " and (m.device_number = ? or m.code = (select o.code from merchant_till o"
                                + " where o.community_id = m.community_id and o.device_number = ?))" + ORDER)
                        .params(community.value(), device, device))
                .stream()
                .findFirst();
    }

    /** A merchant comes once for each till beyond the first, or once. */
    private static List<Merchant> merchants(JdbcClient.StatementSpec statement) {
        Map<String, Merchant> found = new LinkedHashMap<>();
        statement.query(row -> {
            Merchant merchant = new Merchant(
                    new CommunityId(row.getInt("community_id")),
                    row.getString("code"),
                    row.getString("name"),
                    row.getLong("device_number"));
            long further = row.getLong("further");
            found.merge(
                    merchant.code(),
                    further == 0 ? merchant : with(merchant, further),
                    (known, each) -> with(known, further));
        });
        return List.copyOf(found.values());
    }

    private static Merchant with(Merchant merchant, long till) {
        List<Long> tills = new ArrayList<>(merchant.tills());
        tills.add(till);
        return new Merchant(merchant.community(), merchant.code(), merchant.name(), tills);
    }
}
