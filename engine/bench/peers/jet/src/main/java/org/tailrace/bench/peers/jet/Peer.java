package org.tailrace.bench.peers.jet;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.jet.pipeline.Pipeline;
import com.hazelcast.jet.pipeline.Sinks;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.tailrace.bench.contest.Answer;
import org.tailrace.bench.contest.Contender;
import org.tailrace.bench.contest.Trial;
import org.tailrace.bench.data.Data;
import org.tailrace.bench.data.Query;

/**
 * Hazelcast Jet, embedded: one member without a network, two cooperative threads, no snapshots. A query ends with rows as
 * arrays of objects, which are dropped.
 */
public final class Peer implements Contender {
    private static @Nullable Answer answer;

    private final HazelcastInstance member;

    private Peer(HazelcastInstance member) {
        this.member = member;
    }

    public static void main(String[] args) throws Exception {
        Trial.run(args[0], new Peer(member()), Arrays.copyOfRange(args, 1, args.length));
        System.exit(0);
    }

    private static HazelcastInstance member() {
        int cores = Integer.getInteger("cores", 2);
        var config = new Config();
        config.setProperty("hazelcast.logging.type", "none");
        config.setProperty("hazelcast.phone.home.enabled", "false");
        config.setProperty("hazelcast.operation.thread.count", String.valueOf(cores));
        config.setProperty("hazelcast.partition.count", "31");
        config.getJetConfig().setEnabled(true).setCooperativeThreadCount(cores);
        var network = config.getNetworkConfig();
        network.setPublicAddress("127.0.0.1").getInterfaces().setEnabled(true).addInterface("127.0.0.1");
        network.getJoin().getMulticastConfig().setEnabled(false);
        network.getJoin().getAutoDetectionConfig().setEnabled(false);
        network.getJoin().getTcpIpConfig().setEnabled(false);
        return Hazelcast.newHazelcastInstance(config);
    }

    @Override
    public boolean can(Query query) {
        return true;
    }

    @Override
    public void prepare(Query query, Data data) {
        In.set(data);
    }

    @Override
    public long run(Query query, Data data, Answer to) {
        In.READ.reset();
        answer = to;
        // Else a row may overtake another between two stages, and with it the watermark or a newer row of its key.
        Pipeline pipeline = Pipeline.create().setPreserveOrder(true);
        var rows = Pipelines.of(query, pipeline);
        if (to.keeps()) {
            rows = rows.map(row -> {
                keep(row);
                return row;
            });
        }
        rows.writeTo(Sinks.noop());
        member.getJet().newJob(pipeline).join();
        return In.READ.sum();
    }

    private static void keep(Object[] row) {
        Answer to = answer;
        if (to != null) {
            to.add(row);
        }
    }
}
