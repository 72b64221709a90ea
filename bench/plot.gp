# Cost against the number of sockets and of layers; gnuplot -e "data='...'" prints SVG
#
# Copyright 2026 the winelsp authors
#
# This library is free software; you can redistribute it and/or
# modify it under the terms of the GNU Lesser General Public
# License as published by the Free Software Foundation; either
# version 2.1 of the License, or (at your option) any later version.
#
# This library is distributed in the hope that it will be useful,
# but WITHOUT ANY WARRANTY; without even the implied warranty of
# MERCHANTABILITY or FITNESS FOR A PARTICULAR PURPOSE.  See the GNU
# Lesser General Public License for more details.
#
# You should have received a copy of the GNU Lesser General Public
# License along with this library; if not, write to the Free Software
# Foundation, Inc., 51 Franklin St, Fifth Floor, Boston, MA 02110-1301, USA

set terminal svg size 1000,420 font 'sans-serif,12' background rgb 'white'
set datafile missing '?'
set key below
set grid
set multiplot layout 1,2

set title 'Looking at many sockets'
set xlabel 'sockets'
set ylabel 'microseconds a call'
set logscale xy
set xtics (1, 64, 1024)
plot for [side=0:3] data index 0 using 1:(column(2 + 2 * side)) with linespoints lc side + 1 pt 7 \
         title 'WSAPoll, '.word('stock bare ifs non-ifs', side + 1), \
     for [side=0:3] data index 0 using 1:(column(3 + 2 * side)) with linespoints lc side + 1 pt 6 dt 2 \
         title 'select, '.word('stock bare ifs non-ifs', side + 1)

set title 'Pass-through layers'
set xlabel 'layers'
set ylabel 'per cent more than without a layer'
set y2label 'nanoseconds'
unset logscale
set xtics (1, 2, 4, 6)
set ytics nomirror
set y2tics
set y2range [0:*]
plot data index 1 using 1:2 with linespoints pt 7 title 'ping-pong', \
     data index 1 using 1:3 with linespoints pt 7 title '64 KiB stream', \
     data index 1 using 1:4 with linespoints pt 7 title 'UDP', \
     data index 1 using 1:5 with linespoints pt 7 title 'overlapped, port', \
     data index 1 using 1:6 axes x1y2 with linespoints pt 6 dt 2 title 'call without kernel (ns)'
unset multiplot
