package org.tailrace.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A real broker with its controller in this JVM, on loopback, in a temporary folder. It can be stopped and started again with
 * all that it had. Short times, so that it starts and takes over quickly.
 */
public final class Broker implements AutoCloseable {
    private final Path folder;
    private final int port;
    private final int controllerPort;
    /** Ports of the listeners beside the plain one, by protocol. */
    private final Map<String, Integer> secured = new TreeMap<>();

    private final Map<String, String> more;
    private KafkaRaftServer server;

    public Broker() throws IOException {
        this(List.of(), Map.of());
    }

    /**
     * @param protocols of further listeners, such as {@code SASL_PLAINTEXT} and {@code SSL}
     * @param settings what those need
     */
    public Broker(List<String> protocols, Map<String, String> settings) throws IOException {
        more = Map.copyOf(settings);
        for (String protocol : protocols) {
            secured.put(protocol, freePort());
        }
        folder = Files.createTempDirectory("broker");
        port = freePort();
        controllerPort = freePort();
        try {
            new Formatter()
                    .setClusterId(Uuid.randomUuid().toString())
                    .setNodeId(1)
                    .addDirectory(folder.toString())
                    .setMetadataLogDirectory(folder.toString())
                    .setControllerListenerName("CONTROLLER")
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
                    .run();
        } catch (Exception e) {
            throw new IOException(e);
        }
        server = start();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private KafkaRaftServer start() {
        var settings = new Properties();
        Map.ofEntries(
                        Map.entry("process.roles", "broker,controller"),
                        Map.entry("node.id", "1"),
                        Map.entry("controller.quorum.voters", "1@127.0.0.1:" + controllerPort),
                        Map.entry("listeners", listeners() + ",CONTROLLER://127.0.0.1:" + controllerPort),
                        Map.entry("advertised.listeners", listeners()),
                        Map.entry(
                                "listener.security.protocol.map",
                                "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT" + secured(protocol -> protocol)),
                        Map.entry("controller.listener.names", "CONTROLLER"),
                        Map.entry("inter.broker.listener.name", "PLAINTEXT"),
                        Map.entry("log.dirs", folder.toString()),
                        Map.entry("offsets.topic.replication.factor", "1"),
                        Map.entry("offsets.topic.num.partitions", "1"),
                        Map.entry("transaction.state.log.replication.factor", "1"),
                        Map.entry("transaction.state.log.min.isr", "1"),
                        Map.entry("transaction.state.log.num.partitions", "1"),
                        Map.entry("share.coordinator.state.topic.replication.factor", "1"),
                        Map.entry("share.coordinator.state.topic.min.isr", "1"),
                        Map.entry("share.coordinator.state.topic.num.partitions", "1"),
                        Map.entry("group.initial.rebalance.delay.ms", "0"),
                        Map.entry("auto.create.topics.enable", "false"),
                        Map.entry("num.network.threads", "1"),
                        Map.entry("num.io.threads", "2"),
                        Map.entry("background.threads", "1"),
                        Map.entry("log.cleaner.dedupe.buffer.size", "2097152"),
                        Map.entry("log.cleaner.backoff.ms", "100"),
                        Map.entry("file.delete.delay.ms", "100"),
                        Map.entry("broker.heartbeat.interval.ms", "100"),
                        Map.entry("broker.session.timeout.ms", "30000"),
                        Map.entry("controller.quorum.election.timeout.ms", "100"),
                        Map.entry("controller.quorum.election.backoff.max.ms", "50"))
                .forEach(settings::put);
        settings.putAll(more);
        var starting = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
        starting.startup();
        return starting;
    }

    private String listeners() {
        return "PLAINTEXT://127.0.0.1:" + port + secured(protocol -> "//" + servers(protocol));
    }

    private String secured(Function<String, String> of) {
        return secured.keySet().stream()
                .map(protocol -> "," + protocol + ":" + of.apply(protocol))
                .collect(Collectors.joining());
    }

    /** The address of a further listener. */
    public String servers(String protocol) {
        return "127.0.0.1:" + secured.get(protocol);
    }

    /** Its address, as clients are told it. */
    public String servers() {
        return "127.0.0.1:" + port;
    }

    /** Closes its connections and its ports; what it holds stays on the disk. */
    public void stop() {
        server.shutdown();
        server.awaitShutdown();
    }

    public void restart() {
        server = start();
    }

    @Override
    public void close() throws IOException {
        stop();
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }
}
