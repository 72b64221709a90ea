/*
 * Controls that ws2_32 and layered providers exchange through WSPIoctl
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

#ifndef _MSWSOCKDEF_
#define _MSWSOCKDEF_

/* Which handle does a call for this socket belong to? Out: a SOCKET. */
#define SIO_BSP_HANDLE        _WSAIOR(IOC_WS2, 27)
#define SIO_BSP_HANDLE_SELECT _WSAIOR(IOC_WS2, 28)
#define SIO_BSP_HANDLE_POLL   _WSAIOR(IOC_WS2, 29)

/* The call itself, to the provider that claimed it with its answer. */
#define SIO_EXT_SELECT        _WSAIORW(IOC_WS2, 30)
#define SIO_EXT_POLL          _WSAIORW(IOC_WS2, 31)
#define SIO_EXT_SENDMSG       _WSAIORW(IOC_WS2, 32)

typedef struct
{
    int result;
    ULONG fds;
    INT timeout;
    WSAPOLLFD fdArray[0];
} WSAPOLLDATA, *LPWSAPOLLDATA;

typedef struct
{
    LPWSAMSG lpMsg;
    DWORD dwFlags;
    LPDWORD lpNumberOfBytesSent;
    LPWSAOVERLAPPED lpOverlapped;
    LPWSAOVERLAPPED_COMPLETION_ROUTINE lpCompletionRoutine;
} WSASENDMSG, *LPWSASENDMSG;

#endif /* _MSWSOCKDEF_ */
