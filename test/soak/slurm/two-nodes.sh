#!/usr/bin/env bash
# A Slurm cluster of two nodes on this host, for tests: two-nodes.sh start FOLDER | kill FOLDER NODE | stop FOLDER
#
# Needs Debian's slurm-wlm and munge, and to be root. Configuration, state and logs are in FOLDER; /etc/slurm/slurm.conf leads
# there meanwhile, since jobs of Snakemake's executor know no other place. Ports: 16817, 16821 and 16822.
set -euo pipefail

what=${1:?start, kill or stop}
folder=$(realpath -m "${2:?a folder}")
export SLURM_CONF=$folder/slurm.conf

# A daemon's own name for a process: slurmd forks.
pids() { pgrep -f -- "$1" || true; }

start() {
  for program in munged slurmctld slurmd; do
    command -v "$program" >/dev/null || { echo "There is no $program: apt-get install slurm-wlm munge" >&2; exit 3; }
  done
  if [ -e /etc/slurm/slurm.conf ]; then echo "This host has a Slurm of its own: /etc/slurm/slurm.conf exists." >&2; exit 3; fi
  mkdir -p "$folder"/{state,spool-node1,spool-node2,log}
  chmod 755 "$folder"
  head -c 1024 /dev/urandom >"$folder/munge.key"
  chmod 600 "$folder/munge.key"
  munged --key-file="$folder/munge.key" --socket="$folder/munge.socket" --pid-file="$folder/munge.pid" \
    --seed-file="$folder/munge.seed" --log-file="$folder/log/munged.log" --num-threads=2 --force
  cat >"$SLURM_CONF" <<END
ClusterName=fathom
SlurmctldHost=$(hostname -s)(127.0.0.1)
SlurmctldPort=16817
SlurmUser=$(id -un)
SlurmdUser=$(id -un)
AuthType=auth/munge
AuthInfo=socket=$folder/munge.socket
CredType=cred/munge
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool-%n
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd-%n.pid
SlurmctldLogFile=$folder/log/slurmctld.log
SlurmdLogFile=$folder/log/slurmd-%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
SlurmdParameters=config_overrides
SchedulerParameters=sched_interval=1,batch_sched_delay=0
# A node that does not answer is down, and its jobs are queued again, after this many seconds.
SlurmdTimeout=10
ReturnToService=2
JobRequeue=1
MinJobAge=3600
NodeName=node1 NodeHostname=$(hostname -s) NodeAddr=127.0.0.1 Port=16821 CPUs=2 RealMemory=8000
NodeName=node2 NodeHostname=$(hostname -s) NodeAddr=127.0.0.1 Port=16822 CPUs=2 RealMemory=8000
PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP
END
  ln -s "$SLURM_CONF" /etc/slurm/slurm.conf
  slurmctld -c
  slurmd -N node1
  slurmd -N node2
  for _ in $(seq 60); do
    [ "$(sinfo --noheader --Node --format=%T 2>/dev/null | grep -c idle)" = 2 ] && return
    sleep 0.5
  done
  sinfo --Node --long >&2 || true
  tail -n 20 "$folder"/log/*.log >&2
  exit 1
}

descendants() {
  local child
  for child in $(pgrep -P "$1" || true); do
    echo "$child"
    descendants "$child"
  done
}

# The node as if its plug were pulled: its daemon, and all that its jobs run, at once.
kill_node() {
  local node=${3:?a node} job step doomed
  doomed=$(pids "slurmd -N $node\$")
  for job in $(squeue --noheader --nodelist="$node" --states=RUNNING --format=%A); do
    for step in $(pids "^slurmstepd: \[$job\."); do doomed+=" $step $(descendants "$step")"; done
  done
  kill -KILL $doomed
}

stop() {
  local pattern daemons="slurmd -N node[12]\$|slurmctld -c\$"
  scancel --state=PENDING --state=RUNNING --user="$(id -un)" 2>/dev/null || true
  # munged last: the others authenticate by it to the end.
  for pattern in "$daemons" "^slurmstepd: \[" "^munged --key-file=$folder/"; do
    kill -TERM $(pids "$pattern") 2>/dev/null || true
    for _ in $(seq 20); do
      [ -z "$(pids "$pattern")" ] && break
      sleep 0.25
    done
    kill -KILL $(pids "$pattern") 2>/dev/null || true
  done
  [ "$(readlink /etc/slurm/slurm.conf)" = "$SLURM_CONF" ] && rm /etc/slurm/slurm.conf
  return 0
}

case $what in
  start) start ;;
  kill) kill_node "$@" ;;
  stop) stop ;;
  *) echo "two-nodes.sh start FOLDER | kill FOLDER NODE | stop FOLDER" >&2; exit 64 ;;
esac
