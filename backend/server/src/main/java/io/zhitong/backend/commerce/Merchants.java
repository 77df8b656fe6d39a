package io.zhitong.backend.commerce;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.ledger.AccountKey;
import io.zhitong.backend.ledger.Accounts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The merchants and their tills (商户档案). */
@Component
public class Merchants {
    private final JdbcClient jdbc;
    private final Accounts accounts;

    Merchants(JdbcClient jdbc, Accounts accounts) {
        this.jdbc = jdbc;
        this.accounts = accounts;
    }

    /** Registers the merchant and opens its account. */
    @Transactional
    public void add(Merchant merchant) {
        jdbc.sql("insert into merchant (community_id, code, name, device_number) values (?, ?, ?, ?)")
                .params(merchant.community().value(), merchant.code(), merchant.name(), merchant.device())
                .update();
        accounts.open(merchant.community(), AccountKey.merchant(merchant.code()), merchant.name());
    }

    public List<Merchant> all(CommunityId community) {
        return jdbc.sql("select * from merchant where community_id = ? order by code")
                .param(community.value())
                .query((row, n) -> merchant(row))
                .list();
    }

    /** The merchant whose till this device is. */
    public Optional<Merchant> ofDevice(CommunityId community, long device) {
        return jdbc.sql("select * from merchant where community_id = ? and device_number = ?")
                .params(community.value(), device)
                .query((row, n) -> merchant(row))
                .optional();
    }

    private static Merchant merchant(ResultSet row) throws SQLException {
        return new Merchant(
                new CommunityId(row.getInt("community_id")),
                row.getString("code"),
                row.getString("name"),
                row.getLong("device_number"));
    }
}
