/*
 * Wine's own Winsock, loaded beside ours
 *
 * Copyright 2026 the winelsp authors
 *
 * This library is free software; you can redistribute it and/or
 * modify it under the terms of the GNU Lesser General Public
 * License as published by the Free Software Foundation; either
 * version 2.1 of the License, or (at your option) any later version.
 *
 * This library is distributed in the hope that it will be useful,
 * but WITHOUT ANY WARRANTY; without even the implied warranty of
 * MERCHANTABILITY or FITNESS FOR A PARTICULAR PURPOSE.  See the GNU
 * Lesser General Public License for more details.
 *
 * You should have received a copy of the GNU Lesser General Public
 * License along with this library; if not, write to the Free Software
 * Foundation, Inc., 51 Franklin St, Fifth Floor, Boston, MA 02110-1301, USA
 */

#ifndef __WINELSP_BASE_H
#define __WINELSP_BASE_H

#include <stdarg.h>
#include "windef.h"
#include "winbase.h"
#include "winsock2.h"
#include "ws2tcpip.h"
#include "mswsock.h"
#include "ws2spi.h"

/* Exported by Wine 8.0, but declared in none of its headers. */
int WINAPI WSASendMsg( SOCKET s, WSAMSG *msg, DWORD flags, DWORD *sent, OVERLAPPED *overlapped,
                       LPWSAOVERLAPPED_COMPLETION_ROUTINE completion );

/* The functions that ws2_32 or mswsock calls in Wine's Winsock. Wine 8.0 and 10.0 export all of them. */
#define BASE_FUNCTIONS \
    X(FreeAddrInfoEx) X(FreeAddrInfoExW) X(FreeAddrInfoW) \
    X(GetAddrInfoExCancel) X(GetAddrInfoExOverlappedResult) X(GetAddrInfoExW) X(GetAddrInfoW) \
    X(GetHostNameW) X(GetNameInfoW) X(InetNtopW) X(InetPtonW) \
    X(WSAAccept) X(WSAAddressToStringW) X(WSAAsyncGetHostByAddr) X(WSAAsyncGetHostByName) \
    X(WSAAsyncGetProtoByName) X(WSAAsyncGetProtoByNumber) X(WSAAsyncGetServByName) \
    X(WSAAsyncGetServByPort) X(WSAAsyncSelect) X(WSACancelAsyncRequest) X(WSACleanup) \
    X(WSAConnect) X(WSADuplicateSocketW) X(WSAEnumNetworkEvents) \
    X(WSAEventSelect) X(WSAGetOverlappedResult) X(WSAGetQOSByName) \
    X(WSAGetServiceClassInfoA) X(WSAGetServiceClassInfoW) \
    X(WSAGetServiceClassNameByClassIdA) X(WSAGetServiceClassNameByClassIdW) \
    X(WSAInstallServiceClassA) X(WSAInstallServiceClassW) X(WSAIoctl) \
    X(WSALookupServiceBeginA) X(WSALookupServiceBeginW) X(WSALookupServiceEnd) \
    X(WSALookupServiceNextA) X(WSALookupServiceNextW) X(WSANSPIoctl) X(WSAPoll) \
    X(WSARecv) X(WSARecvDisconnect) X(WSARecvFrom) \
    X(WSARemoveServiceClass) X(WSASend) X(WSASendDisconnect) X(WSASendMsg) X(WSASendTo) \
    X(WSASetServiceA) X(WSASetServiceW) X(WSASocketW) X(WSAStartup) X(WSAStringToAddressW) \
    X(bind) X(closesocket) X(freeaddrinfo) X(getaddrinfo) X(gethostbyaddr) X(gethostbyname) \
    X(gethostname) X(getnameinfo) X(getpeername) X(getprotobyname) X(getprotobynumber) \
    X(getservbyname) X(getservbyport) X(getsockname) X(getsockopt) X(inet_addr) X(inet_ntoa) \
    X(inet_ntop) X(inet_pton) X(listen) X(select) X(setsockopt) X(shutdown)

struct base_winsock
{
#define X(name) __typeof__(name) *name;
    BASE_FUNCTIONS
#undef X
};

/* Returns the functions of Wine's own Winsock, which it loads on the first call; they stay valid for the
 * life of the process. In a prefix that is the builtin kept in system32\winelsp\ws2_32.dll, inside a Wine
 * tree it is ws2base.dll. Returns NULL when there is none, or an incomplete one: a line on the winsock
 * channel then says which file or function is missing. Any thread; not from DllMain. Keeps the last error. */
extern const struct base_winsock *get_base_winsock(void);

#endif /* __WINELSP_BASE_H */
