/*
 * Sockets
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

#include "ws2_32_private.h"

/* Asks a provider for its catalog entry of a handle. FALSE if the handle is no socket of its own. */
static BOOL get_socket_entry( SOCKET s, const struct selection *selection, WSAPROTOCOL_INFOW *info )
{
    int len = sizeof(*info), error;

    if (provider_start( selection->provider, &selection->entry )) return FALSE;
    return !selection->provider->procs.lpWSPGetSockOpt( s, SOL_SOCKET, SO_PROTOCOL_INFOW, (char *)info, &len, &error );
}

/* The base provider that knows s; all of them are asked, in catalog order. *id becomes its entry's. */
static struct provider *find_base( SOCKET s, DWORD *id )
{
    struct provider *last = NULL;
    WSAPROTOCOL_INFOW info;
    struct selection base;
    unsigned int i;

    for (i = 0; snapshot_select_ifs_base( i, &base ); ++i)
    {
        if (base.provider == last) continue;
        last = base.provider;
        if (!get_socket_entry( s, &base, &info )) continue;
        *id = info.dwCatalogEntryId;
        last = snapshot_provider( *id );
        return last && ReadAcquire( &last->state ) == PROVIDER_RUNNING ? last : base.provider;
    }
    return NULL;
}

/* The IFS layer over a base entry that takes s for its own. Most layers know only what they have made, and fail with
 * WSAENOTSOCK (§15.2); others want every socket, and answer with their entry. */
static struct provider *find_layer( SOCKET s, DWORD base_id )
{
    struct provider *provider;
    struct selection layer;
    WSAPROTOCOL_INFOW info;
    unsigned int i;

    for (i = 0; snapshot_select_ifs_layer( i, base_id, &layer ); ++i)
    {
        if (!get_socket_entry( s, &layer, &info )) continue;
        provider = snapshot_provider( info.dwCatalogEntryId );
        if (provider && !provider->is_base && ReadAcquire( &provider->state ) == PROVIDER_RUNNING) return provider;
    }
    return NULL;
}

/* A socket that was inherited by this process, duplicated into it, or created under Winsock. The base tells whether it
 * is one at all, so that no layer has to be loaded for what is none. A layer that registers the handle while it is
 * asked has it then. */
static struct provider *adopt_socket( SOCKET s )
{
    struct provider *base, *layer;
    DWORD id;

    if (!(base = find_base( s, &id ))) return NULL;
    layer = find_layer( s, id );
    TRACE( "socket %#Ix of entry %lu belongs to %s.\n", s, id, layer ? "a layer" : "the base" );
    return socket_table_adopt( s, layer ? layer : base );
}

/* A layer starts the provider below it by itself, and that registers its sockets. An application that gets hold of
 * one, by SIO_BASE_HANDLE and its like, makes it a provider of ours. */
static struct provider *start_owner( struct provider *provider )
{
    struct selection selection;

    if (!snapshot_select_provider( provider, &selection )) return NULL;
    return provider_start( provider, &selection.entry ) ? NULL : provider;
}

struct provider *find_socket_provider( SOCKET s )
{
    struct provider *provider = socket_table_provider( s );
    DWORD last_error;

    if (provider && ReadAcquire( &provider->state ) == PROVIDER_RUNNING) return provider;
    if (!s || s == INVALID_SOCKET || socket_table_is_closing( s )) return NULL;

    last_error = GetLastError();
    provider = provider ? start_owner( provider ) : adopt_socket( s );
    SetLastError( last_error );
    return provider;
}

struct provider *begin_call( SOCKET s )
{
    struct provider *provider;

    if (!enter_providers()) return NULL;
    if ((provider = find_socket_provider( s )))
    {
        if (is_version_1()) note_called_provider( provider );
        return provider;
    }
    leave_providers();
    SetLastError( WSAENOTSOCK );
    return NULL;
}

BOOL ensure_socket( SOCKET s )
{
    if (!begin_call( s )) return FALSE;
    leave_providers();
    return TRUE;
}

/* Ends a call that makes a socket. A provider registers each handle by an upcall before it returns it; for one that
 * forgot, we do. */
static SOCKET end_socket_call( SOCKET s, struct provider *provider, const int *error )
{
    if (s != INVALID_SOCKET && !socket_table_provider( s ))
    {
        WARN( "Provider %s did not register socket %#Ix.\n", debugstr_guid(&provider->guid), s );
        socket_table_set_ifs( s, provider );
    }
    leave_providers();
    if (s == INVALID_SOCKET) SetLastError( *error );
    TRACE( "returning %#Ix\n", s );
    return s;
}

static SOCKET create_socket( int af, int type, int protocol, const WSAPROTOCOL_INFOW *info, GROUP group,
                             DWORD flags )
{
    struct selection selection;
    WSAPROTOCOL_INFOW passed;
    int error;

    if (!enter_providers()) return INVALID_SOCKET;
    if (info) error = snapshot_select_info( info, &selection );
    else error = snapshot_select( af, type, protocol, &selection );
    if (!error) error = provider_start( selection.provider, &selection.entry );
    if (error)
    {
        leave_providers();
        SetLastError( error );
        return INVALID_SOCKET;
    }
    passed = selection.entry.info;
    if (info)
    {
        /* Layers look their place up by these three, and the category of the process may have changed them. */
        passed = *info;
        passed.ProviderId = selection.entry.info.ProviderId;
        passed.dwCatalogEntryId = selection.entry.info.dwCatalogEntryId;
        passed.ProtocolChain = selection.entry.info.ProtocolChain;
    }
    return end_socket_call( selection.provider->procs.lpWSPSocket( af, type, protocol, &passed, group, flags,
                                                                   &error ), selection.provider, &error );
}

/***********************************************************************
 *      socket   (ws2_32.23)
 */
SOCKET WINAPI socket( int af, int type, int protocol )
{
    int synchronous = 0, len = sizeof(synchronous);

    TRACE( "af %d, type %d, protocol %d\n", af, type, protocol );

    getsockopt( INVALID_SOCKET, SOL_SOCKET, SO_OPENTYPE, (char *)&synchronous, &len );
    return create_socket( af, type, protocol, NULL, 0, synchronous ? 0 : WSA_FLAG_OVERLAPPED );
}

/***********************************************************************
 *      WSASocketW   (ws2_32.@)
 */
SOCKET WINAPI WSASocketW( int af, int type, int protocol, WSAPROTOCOL_INFOW *info, GROUP group, DWORD flags )
{
    TRACE( "af %d, type %d, protocol %d, info %p, group %#x, flags %#lx\n", af, type, protocol, info, group, flags );

    return create_socket( af, type, protocol, info, group, flags );
}

/***********************************************************************
 *      WSASocketA   (ws2_32.@)
 */
SOCKET WINAPI WSASocketA( int af, int type, int protocol, WSAPROTOCOL_INFOA *info, GROUP group, DWORD flags )
{
    WSAPROTOCOL_INFOW infoW;

    TRACE( "af %d, type %d, protocol %d, info %p, group %#x, flags %#lx\n", af, type, protocol, info, group, flags );

    if (!ensure_started()) return INVALID_SOCKET;
    if (info && !protocol_info_AtoW( info, &infoW ))
    {
        SetLastError( WSAEINVAL );
        return INVALID_SOCKET;
    }
    return create_socket( af, type, protocol, info ? &infoW : NULL, group, flags );
}

/***********************************************************************
 *      WSADuplicateSocketW   (ws2_32.@)
 */
int WINAPI WSADuplicateSocketW( SOCKET s, DWORD process, WSAPROTOCOL_INFOW *info )
{
    struct provider *provider;
    int error = 0;

    TRACE( "socket %#Ix, process %04lx, info %p\n", s, process, info );

    if (!(provider = begin_call( s ))) return SOCKET_ERROR;
    return end_call( provider->procs.lpWSPDuplicateSocket( s, process, info, &error ), &error );
}

/***********************************************************************
 *      WSADuplicateSocketA   (ws2_32.@)
 */
int WINAPI WSADuplicateSocketA( SOCKET s, DWORD process, WSAPROTOCOL_INFOA *info )
{
    WSAPROTOCOL_INFOW infoW;

    TRACE( "socket %#Ix, process %04lx, info %p\n", s, process, info );

    if (WSADuplicateSocketW( s, process, info ? &infoW : NULL )) return SOCKET_ERROR;
    if (!info) return 0;
    memcpy( info, &infoW, offsetof( WSAPROTOCOL_INFOA, szProtocol ) );
    WideCharToMultiByte( CP_ACP, 0, infoW.szProtocol, -1, info->szProtocol, sizeof(info->szProtocol), NULL, NULL );
    return 0;
}

/***********************************************************************
 *      WSAAccept   (ws2_32.@)
 */
SOCKET WINAPI WSAAccept( SOCKET s, struct sockaddr *addr, int *len, LPCONDITIONPROC condition, DWORD_PTR context )
{
    struct provider *provider;
    int error = 0;

    TRACE( "socket %#Ix, addr %p, len %p, condition %p, context %#Ix\n", s, addr, len, condition, context );

    if (!(provider = begin_call( s ))) return INVALID_SOCKET;
    return end_socket_call( provider->procs.lpWSPAccept( s, addr, len, condition, context, &error ), provider,
                            &error );
}

/***********************************************************************
 *      accept   (ws2_32.1)
 */
SOCKET WINAPI accept( SOCKET s, struct sockaddr *addr, int *len )
{
    struct provider *provider;
    int error = 0;

    TRACE( "socket %#Ix, addr %p, len %p\n", s, addr, len );

    if (!(provider = begin_call( s ))) return INVALID_SOCKET;
    return end_socket_call( provider->procs.lpWSPAccept( s, addr, len, NULL, 0, &error ), provider, &error );
}

/***********************************************************************
 *      WSAJoinLeaf   (ws2_32.@)
 */
SOCKET WINAPI WSAJoinLeaf( SOCKET s, const struct sockaddr *addr, int len, WSABUF *caller_data,
                           WSABUF *callee_data, QOS *socket_qos, QOS *group_qos, DWORD flags )
{
    struct provider *provider;
    int error = 0;

    TRACE( "socket %#Ix, addr %p, len %d, caller_data %p, callee_data %p, socket_qos %p, group_qos %p, flags %#lx\n",
           s, addr, len, caller_data, callee_data, socket_qos, group_qos, flags );

    if (!(provider = begin_call( s ))) return INVALID_SOCKET;
    return end_socket_call( provider->procs.lpWSPJoinLeaf( s, addr, len, caller_data, callee_data, socket_qos,
                                                           group_qos, flags, &error ), provider, &error );
}

/***********************************************************************
 *      closesocket   (ws2_32.3)
 *
 * The socket leaves the table before the provider closes it: afterwards the value may already be another's.
 */
int WINAPI closesocket( SOCKET s )
{
    struct provider *provider;
    int ret, error = 0;

    TRACE( "socket %#Ix\n", s );

    if (!begin_call( s )) return SOCKET_ERROR;
    provider = socket_table_begin_close( s );
    /* The value may have come to stand for another socket since: one that a layer made below itself. */
    if (provider && ReadAcquire( &provider->state ) != PROVIDER_RUNNING)
    {
        socket_table_end_close( s, provider, FALSE );
        provider = NULL;
    }
    if (!provider)
    {
        leave_providers();
        SetLastError( WSAENOTSOCK );
        return SOCKET_ERROR;
    }
    ret = provider->procs.lpWSPCloseSocket( s, &error );
    socket_table_end_close( s, provider, ret != SOCKET_ERROR );
    return end_call( ret, &error );
}

/***********************************************************************
 *      bind   (ws2_32.2)
 */
int WINAPI bind( SOCKET s, const struct sockaddr *addr, int len )
{
    struct provider *provider;
    int error = 0;

    TRACE( "socket %#Ix, addr %p, len %d\n", s, addr, len );

    if (!(provider = begin_call( s ))) return SOCKET_ERROR;
    return end_call( provider->procs.lpWSPBind( s, addr, len, &error ), &error );
}

/***********************************************************************
 *      listen   (ws2_32.13)
 */
int WINAPI listen( SOCKET s, int backlog )
{
    struct provider *provider;
    int error = 0;

    TRACE( "socket %#Ix, backlog %d\n", s, backlog );

    if (!(provider = begin_call( s ))) return SOCKET_ERROR;
    return end_call( provider->procs.lpWSPListen( s, backlog, &error ), &error );
}

/***********************************************************************
 *      WSAConnect   (ws2_32.@)
 */
int WINAPI WSAConnect( SOCKET s, const struct sockaddr *addr, int len, WSABUF *caller_data, WSABUF *callee_data,
                       QOS *socket_qos, QOS *group_qos )
{
    struct provider *provider;
    int error = 0;

    TRACE( "socket %#Ix, addr %p, len %d, caller_data %p, callee_data %p, socket_qos %p, group_qos %p\n",
           s, addr, len, caller_data, callee_data, socket_qos, group_qos );

    if (!(provider = begin_call( s ))) return SOCKET_ERROR;
    return end_call( provider->procs.lpWSPConnect( s, addr, len, caller_data, callee_data, socket_qos, group_qos,
                                                   &error ), &error );
}

/***********************************************************************
 *      connect   (ws2_32.4)
 */
int WINAPI connect( SOCKET s, const struct sockaddr *addr, int len )
{
    return WSAConnect( s, addr, len, NULL, NULL, NULL, NULL );
}

/***********************************************************************
 *      shutdown   (ws2_32.22)
 */
int WINAPI shutdown( SOCKET s, int how )
{
    struct provider *provider;
    int error = 0;

    TRACE( "socket %#Ix, how %d\n", s, how );

    if (!(provider = begin_call( s ))) return SOCKET_ERROR;
    return end_call( provider->procs.lpWSPShutdown( s, how, &error ), &error );
}

/***********************************************************************
 *      getpeername   (ws2_32.5)
 */
int WINAPI getpeername( SOCKET s, struct sockaddr *addr, int *len )
{
    struct provider *provider;
    int error = 0;

    TRACE( "socket %#Ix, addr %p, len %p\n", s, addr, len );

    if (!(provider = begin_call( s ))) return SOCKET_ERROR;
    return end_call( provider->procs.lpWSPGetPeerName( s, addr, len, &error ), &error );
}

/***********************************************************************
 *      getsockname   (ws2_32.6)
 */
int WINAPI getsockname( SOCKET s, struct sockaddr *addr, int *len )
{
    struct provider *provider;
    int error = 0;

    TRACE( "socket %#Ix, addr %p, len %p\n", s, addr, len );

    if (!(provider = begin_call( s ))) return SOCKET_ERROR;
    return end_call( provider->procs.lpWSPGetSockName( s, addr, len, &error ), &error );
}

/***********************************************************************
 *      getsockopt   (ws2_32.7)
 *
 * SO_OPENTYPE is an option of the thread, kept by Wine's Winsock; programs ask with any socket or none.
 */
int WINAPI getsockopt( SOCKET s, int level, int name, char *value, int *len )
{
    struct provider *provider;
    int error = 0;

    TRACE( "socket %#Ix, level %#x, name %#x, value %p, len %p\n", s, level, name, value, len );

    if (level == SOL_SOCKET && name == SO_OPENTYPE)
        return ensure_started() ? get_base_winsock()->getsockopt( s, level, name, value, len ) : SOCKET_ERROR;
    if (!(provider = begin_call( s ))) return SOCKET_ERROR;
    return end_call( provider->procs.lpWSPGetSockOpt( s, level, name, value, len, &error ), &error );
}

/***********************************************************************
 *      setsockopt   (ws2_32.21)
 */
int WINAPI setsockopt( SOCKET s, int level, int name, const char *value, int len )
{
    struct provider *provider;
    int error = 0;

    TRACE( "socket %#Ix, level %#x, name %#x, value %p, len %d\n", s, level, name, value, len );

    if (level == SOL_SOCKET && name == SO_OPENTYPE)
        return ensure_started() ? get_base_winsock()->setsockopt( s, level, name, value, len ) : SOCKET_ERROR;
    if (!(provider = begin_call( s ))) return SOCKET_ERROR;
    return end_call( provider->procs.lpWSPSetSockOpt( s, level, name, value, len, &error ), &error );
}

/***********************************************************************
 *      WSAGetQOSByName   (ws2_32.@)
 */
BOOL WINAPI WSAGetQOSByName( SOCKET s, WSABUF *name, QOS *qos )
{
    struct provider *provider;
    int error = 0;

    TRACE( "socket %#Ix, name %p, qos %p\n", s, name, qos );

    if (!(provider = begin_call( s ))) return FALSE;
    return end_bool_call( provider->procs.lpWSPGetQOSByName( s, name, qos, &error ), &error );
}
