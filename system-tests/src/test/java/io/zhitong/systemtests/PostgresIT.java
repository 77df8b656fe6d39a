package io.zhitong.systemtests;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** The backend's outages once more on the embedded PostgreSQL. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.MethodName.class)
final class PostgresIT {
    private final Neighbourhood people = Neighbourhood.movedIn("postgres", "pg", 100);

    @AfterAll
    void stop() {
        people.close();
    }

    @Test
    void backend_killed_between_commit_and_acknowledgement_stores_once() {
        Outages.backendKilledBetweenCommitAndAcknowledgement(people);
    }

    @Test
    void without_a_backend_doors_open_and_the_shop_sells_and_all_of_it_arrives_once() {
        Outages.backendEndedAndItsPortRefused(people);
    }
}
